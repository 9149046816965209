import { nameKey } from '../domain/patients/patient.ts';

/** Of Harbor Pediatrics. Two children share their parents' phone, and a handset can have any of the numbers. */
const FAMILY = '+12062020311';
const GRANDPARENT = '+12062020315';

const SEEDED = [
  { id: 'seed-mia-okafor', name: 'Mia Okafor', numbers: [FAMILY], language: 'en' },
  { id: 'seed-noah-okafor', name: 'Noah Okafor', numbers: [FAMILY], language: 'en' },
  { id: 'seed-theo-lindgren', name: 'Theo Lindgren', numbers: ['+12062020312'], language: 'en' },
  {
    id: 'seed-lucia-romero',
    name: 'Lucía Romero',
    numbers: ['+12062020313', '+12062020314'],
    language: 'es',
  },
  { id: 'seed-an-nguyen', name: 'An Nguyễn', numbers: ['+12062020316'], language: 'vi' },
  { id: 'seed-ada-whitfield', name: 'Ada Whitfield', numbers: [GRANDPARENT], status: 'deceased' },
];

export const patients = SEEDED.map(({ id, name, numbers, language = null, status = 'active' }) => ({
  practice_id: 'harbor',
  id,
  name,
  name_key: nameKey(name),
  numbers: JSON.stringify(numbers),
  language,
  status,
  updated_at: 0,
}));

export const patientNumbers = SEEDED.flatMap(({ id, numbers }) =>
  numbers.map((number) => ({ number, practice_id: 'harbor', patient_id: id })),
);

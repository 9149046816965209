/** First parts of our own addresses, which a practice's would otherwise hide. */
const TAKEN = ['api', 'assets', 'carriers', 'healthz', 'hooks', 'simulator', 'webhook', 'welcome'];

const MAX_LENGTH = 40;

/** What stands for a practice in addresses, for ever: made of its first name, so that people can read them. */
export function practiceIdFrom(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
  return slug === '' || TAKEN.includes(slug) ? `practice${slug === '' ? '' : `-${slug}`}` : slug;
}

/** As the database and addresses take it. */
export function isPracticeId(id: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/.test(id) && !TAKEN.includes(id);
}

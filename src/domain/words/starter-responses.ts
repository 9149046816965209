import type { WrittenResponse } from './quick-response.ts';

/** What a practice begins with (B28). Nobody's health is in it, and nothing is promised that is not up to staff. */
export const STARTER_RESPONSES: readonly WrittenResponse[] = [
  {
    group: 'Greetings',
    title: 'Hello',
    texts: {
      en: 'Hello, this is {my first name} at {practice name}. How can I help you today?',
      es: 'Hola, soy {my first name}, de {practice name}. ¿En qué puedo ayudarle hoy?',
    },
  },
  {
    group: 'Greetings',
    title: 'Hello by name',
    texts: {
      en: 'Hello {caller name}, this is {my first name} at {practice name}. How can I help you today?',
      es: 'Hola, {caller name}, soy {my first name}, de {practice name}. ¿En qué puedo ayudarle hoy?',
    },
  },
  {
    group: 'Greetings',
    title: 'Sorry for the wait',
    texts: {
      en: 'Thank you for your patience, and sorry for the wait. This is {my first name} at {practice name}: how can I help?',
      es: 'Gracias por su paciencia, y disculpe la espera. Soy {my first name}, de {practice name}: ¿en qué puedo ayudarle?',
    },
  },
  {
    group: 'Questions',
    title: 'Who is this for',
    texts: {
      en: 'May I ask who this is for? A first and last name is enough; please do not text anything about your health.',
      es: '¿Me puede decir para quién es? Basta con el nombre y el apellido; por favor, no escriba nada sobre su salud.',
    },
  },
  {
    group: 'Questions',
    title: 'What is it about',
    texts: {
      en: 'Thank you. In a few words, what is it about: a visit, a bill, a form, or something else?',
      es: 'Gracias. En pocas palabras, ¿de qué se trata: una consulta, una factura, un formulario u otra cosa?',
    },
  },
  {
    group: 'Questions',
    title: 'Best time to call',
    texts: {
      en: 'May we call you at this number? What time would be good?',
      es: '¿Podemos llamarle a este número? ¿A qué hora le viene bien?',
    },
  },
  {
    group: 'In the meantime',
    title: 'One moment',
    texts: {
      en: 'One moment please, I am looking into it. I will text you back here.',
      es: 'Un momento, por favor, lo estoy revisando. Le escribiré aquí mismo.',
    },
  },
  {
    group: 'In the meantime',
    title: 'Passed on',
    texts: {
      en: 'I have passed this on to the right team. They will get back to you here or by phone.',
      es: 'Ya he pasado su mensaje al equipo que corresponde. Le contestarán por aquí o por teléfono.',
    },
  },
  {
    group: 'In the meantime',
    title: 'We will call',
    texts: {
      en: 'Somebody will call you as soon as they can. Please keep your phone close.',
      es: 'Le llamaremos en cuanto podamos. Por favor, tenga el teléfono cerca.',
    },
  },
  {
    group: 'Hours and phone',
    title: 'Hours today',
    texts: {
      en: 'Our hours today: {hours today}.',
      es: 'Nuestro horario de hoy: {hours today}.',
    },
  },
  {
    group: 'Hours and phone',
    title: 'Closed now',
    texts: {
      en: 'We are closed now. We open again: {next opening}. In an emergency, call 911.',
      es: 'Ahora estamos cerrados. Volvemos a abrir: {next opening}. En una emergencia, llame al 911.',
    },
  },
  {
    group: 'Hours and phone',
    title: 'Call us',
    texts: {
      en: 'You can also call us at {line number}.',
      es: 'También puede llamarnos al {line number}.',
    },
  },
  {
    group: 'Safety',
    title: 'Emergency',
    texts: {
      en: 'If this is an emergency, please call 911 now or go to the nearest emergency room. We do not always see texts right away.',
      es: 'Si es una emergencia, llame ahora al 911 o vaya a la sala de emergencias más cercana. No siempre vemos los mensajes enseguida.',
    },
  },
  {
    group: 'Safety',
    title: 'Texts are not private',
    texts: {
      en: 'Texts are not private. For anything about your health or your records, please call us at {line number}.',
      es: 'Los mensajes de texto no son privados. Para todo lo que sea de su salud o su expediente, llámenos al {line number}.',
    },
  },
  {
    group: 'Goodbye',
    title: 'Anything else',
    texts: {
      en: 'Is there anything else I can help you with?',
      es: '¿Puedo ayudarle en algo más?',
    },
  },
  {
    group: 'Goodbye',
    title: 'Thank you',
    texts: {
      en: 'Thank you for texting {practice name}. You can write to us here at any time.',
      es: 'Gracias por escribir a {practice name}. Puede escribirnos aquí cuando quiera.',
    },
  },
  {
    group: 'Goodbye',
    title: 'Have not heard back',
    texts: {
      en: 'I have not heard back from you, so I will close this for now. If you still need us, just reply here.',
      es: 'Como no he sabido más de usted, lo cierro por ahora. Si todavía nos necesita, responda aquí.',
    },
  },
];

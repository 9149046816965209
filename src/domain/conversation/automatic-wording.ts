import { withoutAccents } from '../text/without-accents.ts';

/**
 * How machines answer texts, in English and Spanish. What is matched is in lower case, without accents, with
 * straight quotes and single spaces. Narrow on purpose: a person who is taken for a machine gets no reply.
 */
const AUTOMATIC: readonly RegExp[] = [
  // Says so itself.
  /\bauto(?:mat(?:ic|ed))?[- ]?(?:reply|response|responder|answer)\b/,
  /\b(?:this is an automat(?:ic|ed)|automatically[- ]generated|auto[- ]generated) (?:message|text|reply|response|e-?mail)\b/,
  /\b(?:respuesta|contestacion) (?:automatica|automatizada)\b/,
  /\bmensaje (?:es )?(?:automatico|automatizado|(?:generado |enviado )automaticamente)\b/,

  // Out of the office; "I was out of the office when you called" is a person.
  /^\W*out of (?:the )?office\b/,
  /\b(?:i am|i'm|we are|we're|is) (?:now |currently |away and )?out of (?:the |my |our )?office\b/,
  /^\W*fuera de (?:la |mi )?oficina\b/,
  /\b(?:estoy|estamos|esta|me encuentro|nos encontramos|se encuentra) (?:actualmente |ahora )?fuera de (?:la |mi |nuestra )?oficina\b/,

  // Wants no answer.
  /\b(?:do not|don't) (?:reply|respond) to this\b/,
  /^\W*(?:please )?(?:do not|don't) (?:reply|respond)\W*(?:$|[.!-])/,
  /[.!] *(?:please )?(?:do not|don't) (?:reply|respond)\W*$/,
  /\bno-?reply\b/,
  /\b(?:number|inbox|mailbox|line) is (?:not monitored|unmonitored|unattended)\b|\bunmonitored (?:number|inbox|mailbox|line)\b/,
  /\bno (?:responda|responder|conteste|contestar|responda usted) (?:a )?este (?:mensaje|texto|correo|numero)\b/,
  /\b(?:favor de|por favor,?) no (?:responda|responder|conteste|contestar)\W*$/,

  // Could not be delivered; "my prescription could not be delivered" is a person.
  /\b(?:text|message|sms|mms)(?: you sent)?(?: to \S+)? (?:could not|couldn't|cannot|can't|was not|wasn't|has not been|not) (?:be )?(?:delivered|sent)\b/,
  /\b(?:message|text|mail|sms) (?:delivery (?:has )?failed|(?:is )?undeliverable|blocking is active|failed to (?:send|deliver))\b/,
  /^\W*undeliver(?:able|ed)\b|\bdelivery status notification\b|\bunable to (?:send|deliver) (?:your |this )?(?:message|text)\b/,
  /\bnumber (?:you \w+ )?(?:does not|doesn't|cannot|can't|is not able to|is unable to) (?:accept|receive|get) (?:text|sms|messages)/,
  /\bmensaje (?:no (?:se )?(?:pudo|puede|ha podido|fue|ha sido) (?:ser )?(?:entregado|entregar|enviado|enviar)|no entregado)\b/,
  /\bno (?:se pudo|se ha podido|fue posible|pudimos) (?:entregar|enviar) (?:su|el|este|tu) (?:mensaje|texto)\b/,
  /\b(?:error de|fallo (?:de|en la)) entrega\b|^\W*entrega fallida\b/,
  /\bnumero no (?:acepta|recibe|puede recibir|admite) (?:mensajes|textos|sms)\b/,

  // What phones answer for people who drive or sleep.
  /\bdo not disturb (?:while driving )?(?:is )?(?:turned )?on\b|\bi'm not receiving notifications\b/,
  /\bno molestar al (?:conducir|manejar)\b|\bno (?:estoy recibiendo|recibo) notificaciones\b/,

  // What other practices answer when they are closed, and what another Offhook would.
  /\b(?:thank you|thanks) for (?:contacting|texting|messaging|calling|reaching out|your (?:text|message|inquiry))\b.*\b(?:closed|(?:business|office|opening) hours|as soon as possible|get back to you|respond (?:shortly|when)|will (?:answer|reply|respond))\b/,
  /\bgracias por (?:contactar|contactarnos|comunicarse|escribir|escribirnos|llamar|su (?:mensaje|texto|consulta))\b.*\b(?:cerrad[ao]s?|horario|a la brevedad|lo antes posible|en cuanto (?:abramos|podamos)|(?:le )?(?:responderemos|contestaremos))\b/,
];

/** Longer ones are looked at as far as this. */
const MAX_LOOKED_AT = 1000;

/** Whether a text in was written by a machine, which must never be answered by another. */
export function looksAutomatic(body: string): boolean {
  const text = withoutAccents(body.slice(0, MAX_LOOKED_AT))
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  return AUTOMATIC.some((wording) => wording.test(text));
}

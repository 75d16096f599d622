/** A push or pull hit by one of these is tried again: BuildKit itself does not, and its cache is warm by now. */
const transientCauses: readonly RegExp[] = [
  /\b(429|502|503|504)\b.*(Too Many Requests|Bad Gateway|Service Unavailable|Gateway Time-?out)/i,
  /unexpected status.*\b(429|5\d\d)\b/i,
  /toomanyrequests/i,
  /connection reset by peer/i,
  /\b(unexpected )?EOF$/,
  /TLS handshake timeout/i,
  /i\/o timeout/i,
];

export const isTransient = (words: string): boolean =>
  !/did not complete successfully/.test(words) && transientCauses.some((cause) => cause.test(words));

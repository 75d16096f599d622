/** The ways a secret may be spelled in a text. */

/** Plain, escaped, hexadecimal and base64, also inside of a longer text that was encoded as a whole (`user:secret`). */
export const spellings = (secret: string): string[] => {
  const percent = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString('hex');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    hex,
    hex.toUpperCase(),
    ...base64(secret).flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ];
};

/** The whole, and what of it does not depend on the bytes around it: three bytes make four letters. */
const base64 = (secret: string): string[] => [
  Buffer.from(secret).toString('base64'),
  ...[0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const whole = Math.floor((bytes.length * 8) / 6);
    return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), whole);
  }),
];

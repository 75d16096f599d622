/** Removes secrets from text before it is printed or written: Nx keeps task output on disk and shares it. */

const secretName = /(TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL|PRIVATE_KEY|API_KEY|ACCESS_KEY)/i;
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;

/** The secret values the environment holds. Short values are left out: they would blot out ordinary words. */
export const credentialsIn = (environment: NodeJS.ProcessEnv = process.env): string[] =>
  Object.entries(environment)
    .filter(([name, value]) => secretName.test(name) && (value?.length ?? 0) >= 8)
    .map(([, value]) => value as string);

/** `text` with every known secret, in plain, percent and base64 spelling, and all URL user info replaced by `***`. */
export const redact = (text: string, secrets: readonly string[] = credentialsIn()): string =>
  secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
    .replace(userInfo, '$1***@');

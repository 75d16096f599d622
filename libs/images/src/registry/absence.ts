/** When a 404 means "there is none": only as the registry's own word, and never as that of a page in front of it. */
import type { HttpAnswer } from '@nx-ci-cache/http';

/** `NOT_FOUND` is Harbor's. */
const absentCodes = ['MANIFEST_UNKNOWN', 'NAME_UNKNOWN', 'NOT_FOUND'];
const versionHeader = 'docker-distribution-api-version';

/** `ask`: a body without words says it only if its host is a registry. */
export const absenceIn = ({ status, headers, body }: HttpAnswer): 'absent' | 'no' | 'ask' => {
  if (status !== 404) return 'no';
  const codes = errorCodes(body);
  if (codes !== undefined) return codes.some((code) => absentCodes.includes(code)) ? 'absent' : 'no';
  if (headers[versionHeader] !== undefined) return 'absent';
  return body.length === 0 && !isPage(headers) ? 'ask' : 'no';
};

/** Whether an answer to `GET /v2/` is one of a registry: it lets in or asks for an account, and not with a page for people. */
export const isRegistry = ({ status, headers, body }: HttpAnswer): boolean => {
  if (status !== 200 && status !== 401) return false;
  if (headers[versionHeader] !== undefined || errorCodes(body) !== undefined) return true;
  if (isPage(headers)) return false;
  return status === 401 ? headers['www-authenticate'] !== undefined : ['', '{}'].includes(body.toString('utf8').trim());
};

/** A page for people; the answer to a HEAD says it of the body it leaves out. */
const isPage = (headers: HttpAnswer['headers']): boolean => /\bhtml\b/i.test(headers['content-type'] ?? '');

/** Of the OCI error form; undefined for a body of another form. */
const errorCodes = (body: Buffer): string[] | undefined => {
  try {
    const { errors } = JSON.parse(body.toString('utf8')) as { errors?: unknown };
    if (!Array.isArray(errors)) return undefined;
    return errors.map((each) => String((each as { code?: unknown } | null)?.code));
  } catch {
    return undefined;
  }
};

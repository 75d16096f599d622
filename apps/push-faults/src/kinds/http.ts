/** A web server that answers in git's place, also after git has done what it was asked. */
import type { FaultKind } from '../fault';
import type { Action, Call } from '../world/server';

const page = '<html>\n<body>\tlog in, please</body>\n</html>\n';
const html = { 'content-type': 'text/html' };
const answers: Readonly<Record<string, NonNullable<Action['answer']>>> = {
  'HTTP 401': { status: 401, headers: { 'www-authenticate': 'Basic realm="git"' } },
  'HTTP 403': { status: 403, headers: html, body: page },
  'HTTP 429': { status: 429, headers: { 'retry-after': '1' } },
  'HTTP 500': { status: 500, headers: html, body: page },
  'HTTP 502': { status: 502, headers: html, body: page },
  'HTTP 503': { status: 503, headers: { 'retry-after': '1' } },
  'a redirect': { status: 302, headers: { location: '/elsewhere.git/info/refs?service=git-upload-pack' } },
  'a page in place of git': { status: 200, headers: html, body: page },
};

const calls: readonly Call[] = ['read: refs', 'read: objects', 'write: refs', 'write: objects'];

export const https: readonly FaultKind[] = Object.entries(answers).map(([name, answer]) => ({
  name,
  transports: ['http'],
  ends: ['pushed', 'already-applied', 'refused', 'failed', 'error'],
  onFresh: true,
  weight: 2,
  arm: ({ server }, random) => {
    const target = random.pick(calls);
    const skip = target === 'read: refs' ? random.between(0, 1) : 0;
    const [lasting, apply] = [random.between(0, 1) === 1, random.between(0, 1) === 1];
    let met = 0;
    server.intercept = (call) => {
      if (call !== target) return undefined;
      met += 1;
      return met === skip + 1 || (lasting && met > skip) ? { answer, apply } : undefined;
    };
    return {
      at: `${target} ${skip + 1}${lasting ? ' and later' : ''}${apply ? ', after git did it' : ''}`,
      deadlineMs: 6000,
      fired: () => met > skip,
      disarm: () => void (server.intercept = () => undefined),
    };
  },
}));

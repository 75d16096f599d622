import { commandFailed } from './command-failure';
import { canonicalJson, digestOf } from './digest';
import { CiCacheError, messageOf } from './errors';
import { credentialsIn, redact } from './redact';
import { retryDelay, withRetries, withRetry } from './retry';

const policy = {
  tries: 3,
  baseMs: 100,
  capMs: 250,
  retryable: (error: unknown) => (error as Error).message === 'passing',
};

describe('digest', () => {
  it('is the same for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[1,{"c":2,"d":1}]}');
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('redact', () => {
  it.each([
    ['plain', 'x s3cr&t-value y', 'x *** y'],
    ['percent-encoded', 's3cr%26t-value', '***'],
    ['base64', Buffer.from('s3cr&t-value').toString('base64'), '***'],
    ['user info', 'https://user:pw@host/x ssh://git@host', 'https://***@host/x ssh://***@host'],
  ])('removes a secret in %s spelling', (_name, text, clean) => {
    expect(redact(text, ['s3cr&t-value'])).toBe(clean);
  });

  it('finds secrets by the name of their variable and leaves short values alone', () => {
    expect(credentialsIn({ MY_TOKEN: 'long-enough', PASSWORD: 'short', PATH: '/usr/bin:/bin' })).toEqual([
      'long-enough',
    ]);
  });
});

describe('retry', () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 250],
    [9, 250],
  ])('waits at most base × 2^n, capped: attempt %i', (attempt, most) => {
    expect(retryDelay(policy, attempt, () => 1)).toBe(most);
    expect(retryDelay(policy, attempt, () => 0)).toBe(0);
  });

  it('tries again only what may pass, and only so often', async () => {
    const attempts: number[] = [];
    const fast = { ...policy, baseMs: 0 };
    const failing = (message: string) => async (attempt: number) => {
      attempts.push(attempt);
      throw new Error(message);
    };
    await expect(withRetry(fast, failing('passing'))).rejects.toThrow('passing');
    expect(attempts.splice(0)).toEqual([1, 2, 3]);
    await expect(withRetry(fast, failing('final'))).rejects.toThrow('final');
    expect(attempts).toEqual([1]);
    await expect(withRetry(fast, async (attempt) => attempt)).resolves.toBe(1);
  });

  it('goes by the tries of the failure it met last', async () => {
    const tries = { often: { tries: 5, baseMs: 0, capMs: 0 }, once: { tries: 2, baseMs: 0, capMs: 0 } };
    const met: string[] = [];
    const failures = ['often', 'often', 'once'];
    const failing = async (attempt: number, again?: { readonly tries: number }) => {
      met.push(`${attempt} of ${again?.tries}`);
      throw new Error(failures[attempt - 1]);
    };
    const of = ({ message }: Error) => tries[message as keyof typeof tries];
    await expect(withRetries(of, failing)).rejects.toThrow('once');
    expect(met).toEqual(['1 of undefined', '2 of 5', '3 of 5']);
  });

  it('waits no longer than its signal', async () => {
    const ended = AbortSignal.abort();
    const failing = () => Promise.reject(new Error('passing'));
    const endless = { tries: 9, baseMs: 1e9, capMs: 1e9 };
    await expect(withRetries(() => endless, failing, ended)).rejects.toThrow('passing');
  });
});

describe('messageOf', () => {
  it('says what failed and what to do', () => {
    const error = new CiCacheError('PushRefused', 'no', { remedy: 'Do this.' });
    expect(messageOf(error)).toBe('PushRefused: no\n  → Do this.');
    expect(messageOf(new Error('other'))).toBe('other');
  });
});

it('shows a command that failed without the values nobody could type', () => {
  const command = { file: 'tool', args: ['--set', `steps=${'x'.repeat(5000)}`, 'end'], env: {} };
  const { remedy } = commandFailed(command, 'ended with 1', { reason: 'exit', exitCode: 1 });
  expect(remedy).toMatch(/: tool --set steps=x{1018}… end$/);
});

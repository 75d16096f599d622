import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

describe('generated types', () => {
  it('are those of their schemas', () => {
    const check = join(root, 'tools/src/generate-types/main.ts');
    // A process of its own: jest would load these ES modules as CommonJS.
    expect(() =>
      execFileSync(process.execPath, ['--require', '@swc-node/register', check, '--check'], { cwd: root }),
    ).not.toThrow();
  });
});

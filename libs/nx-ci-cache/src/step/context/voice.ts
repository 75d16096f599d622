/** How steps speak: in lines for people, or, asked for or run by an AI agent, in one JSON value per line for programs. */
import { isAgent } from 'std-env';
import { saysYes } from '@nx-ci-cache/config';
import { harmlessText, onCommand } from '@nx-ci-cache/process';
import { logGroup, type LogGroup } from './log-group';

export interface Voice {
  /**
   * Says lines of progress; secrets, and what a terminal or a CI would obey, are removed from them.
   * @param value what programs are told instead.
   */
  readonly say: (text: string, value?: object) => void;
  /** Says a long text where a CI folds it, in one piece, since others say lines meanwhile; it is cleaned likewise. */
  readonly sayFolded: (group: LogGroup) => void;
}

/** What speaks to programs: `{"task":"ci-cache:snapshot","text":"…"}`, or a value with `type` in the place of the text. */
export const voiceOf = (
  task: string,
  environment: NodeJS.ProcessEnv = process.env,
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Voice => {
  const inJson = speaksJson(environment);
  const say: Voice['say'] = (text, value) => {
    const clean = harmlessText(text, environment);
    write(inJson ? `${JSON.stringify({ task, ...(value ?? { text: clean }) })}\n` : `${clean}\n`);
  };
  if (saysYes(environment['CI_CACHE_VERBOSE']))
    onCommand(({ argv, seconds, ended }) =>
      say(`$ ${argv.join(' ')} (${seconds} s${ended === 'well' ? '' : ', failed'})`, {
        ...{ type: 'command', argv, seconds, ended },
      }),
    );
  return { say, sayFolded: (group) => (inJson ? undefined : write(logGroup(group, environment))) };
};

/** `CI_CACHE_JSON=no` silences JSON for an agent that reads lines. */
export const speaksJson = (environment: NodeJS.ProcessEnv, byAgent = isAgent): boolean =>
  saysYes(environment['CI_CACHE_JSON']) ?? byAgent;

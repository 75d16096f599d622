/** The two that can publish in a world: `publishFiles` in a child process, and nx running the packed plugin. */
import type { PublishStep } from '@nx-ci-cache/branch';
import type { ChildConfig } from './child/messages';
import { publishInChild } from './child/publication';
import type { Ended } from './ended';
import { publishWithNx, recordedClaim } from './nx/publication';
import { requestOf } from './world/template';
import type { World } from './world/world';

export interface Order {
  readonly deadlineMs: number;
  /** Command the publication runs under. */
  readonly under?: readonly string[];
  /** For the child only: nx knows nothing of steps. */
  readonly child?: Partial<ChildConfig>;
  readonly onStep?: (step: PublishStep, attempt: number, pid: number) => Promise<void> | void;
}

export interface Publisher {
  /** The text it publishes. */
  readonly text: string;
  /** Milliseconds a publication is given unless a fault says otherwise. */
  readonly deadlineMs: number;
  readonly publish: (order: Order) => Promise<Ended>;
  /** How it ended once nothing of it runs any more: an executor outlives its nx and may claim something later. */
  readonly settled: (ended: Ended) => Ended;
}

const childIn = async (world: World): Promise<Publisher> => {
  const { template, folder, env, url } = world;
  const text = 'one==2.0\ntwo==1.0\n';
  return {
    text,
    deadlineMs: 15_000,
    publish: ({ deadlineMs, child, ...rest }) => {
      const config = { request: { ...requestOf(template, url, 1, text), deadlineMs }, ...child };
      return publishInChild({ script: template.script, folder, env, config, ...rest });
    },
    settled: (ended) => ended,
  };
};

const nxIn = async (world: World): Promise<Publisher> => {
  const { text, checkout, env } = await world.template.nx();
  const workspace = await checkout();
  return {
    text,
    // The plugin's own.
    deadlineMs: 120_000,
    publish: ({ under = [] }) => publishWithNx({ workspace, world, env, under }),
    settled: (ended) => ({ ...ended, ...recordedClaim(workspace) }),
  };
};

export const publishers = { child: childIn, nx: nxIn } as const;

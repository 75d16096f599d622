/** An image for whoever works on it; a chore a person asks for. */
import type { Leg } from '@nx-ci-cache/records';
import { defineStep } from './definition';

export interface DevImageQuestion extends Partial<Omit<Leg, 'python'>> {
  /** Nx takes `--python=3.10` for the number 3.1. */
  readonly python?: string | number;
  /** A file that ends with .tar, or a folder. Default: the engine of this machine. */
  readonly dest?: string;
  /** Name of a builder of this machine. */
  readonly builder?: string;
}

export const devImageStep = defineStep<DevImageQuestion>({
  name: 'dev-image',
  says: () => 'Builds an image for this machine from the published caches, and writes nothing that others read',
  configuration: 'file',
});

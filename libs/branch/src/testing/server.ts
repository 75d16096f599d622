/** A started way to the repository: how to get in, and how it ends. */
import type { PublishRequest } from '../push/request';

/** What a request needs to get in, and what somebody without credentials would give. */
export type Access = Pick<PublishRequest, 'remote' | 'environment' | 'ssh'>;

export interface Transport {
  readonly access: Access;
  /** The same server with wrong credentials; undefined where there are none. */
  readonly stranger?: Access;
  readonly stop: () => Promise<void>;
}

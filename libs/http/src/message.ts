/** Requests and answers as values. */

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name; what came several times is joined by ", ". */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Whole, and without its content encoding. */
  readonly body: Buffer;
}

export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

export { authorized, type AnswerChallenge, type Protected } from './authorized';
export type { Challenge } from './challenge';
export { httpClient, httpRetry, type HttpOptions, type HttpRetry } from './client';
export { HttpFailure } from './failure';
export type { HttpAnswer, HttpRequest, Send } from './message';

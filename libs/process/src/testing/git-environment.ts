/** Git for what a test does itself: an identity, and nothing of the person or machine that runs the test. */
import type { Environment } from '../environment';

export const gitEnvironment: Environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test Bot',
  GIT_AUTHOR_EMAIL: 'bot@example.com',
  GIT_COMMITTER_NAME: 'Test Bot',
  GIT_COMMITTER_EMAIL: 'bot@example.com',
};

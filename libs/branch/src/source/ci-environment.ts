/** What each CI says about the ref it builds and about its run: a table, because a CI checks out a detached commit. */
import { protocolOf } from '@nx-ci-cache/git';

type Variables = Readonly<Record<string, string | undefined>>;

/** What is known of the ref a run is for. */
export interface CiRef {
  /** Whether a CI runs us: one of those known here, or any that sets `CI`; `CI=false` says that none does. */
  readonly ci: boolean;
  readonly branch?: string;
  /** The commit the CI took from that branch: code of somebody else may be checked out in its place. */
  readonly commit?: string;
  readonly pullRequest: boolean;
  /** The branch a pull request wants to go to. */
  readonly baseBranch?: string;
}

interface Row {
  /** What this CI alone sets, and always. */
  readonly runs: (env: Variables) => boolean;
  readonly branch: (env: Variables) => string | undefined;
  readonly commit: (env: Variables) => string | undefined;
  readonly pullRequest: (env: Variables) => boolean;
  readonly baseBranch: (env: Variables) => string | undefined;
  /** Page of the run, for people. */
  readonly runUrl: (env: Variables) => string | undefined;
}

const rows: Readonly<Record<string, Row>> = {
  github: {
    runs: (env) => env['GITHUB_ACTIONS'] === 'true',
    branch: (env) => env['GITHUB_HEAD_REF'] || (env['GITHUB_REF_TYPE'] === 'tag' ? undefined : env['GITHUB_REF_NAME']),
    commit: (env) => env['GITHUB_SHA'],
    pullRequest: (env) => /^pull_request/.test(env['GITHUB_EVENT_NAME'] ?? ''),
    baseBranch: (env) => env['GITHUB_BASE_REF'],
    runUrl: (env) =>
      filled`${env['GITHUB_SERVER_URL']}/${env['GITHUB_REPOSITORY']}/actions/runs/${env['GITHUB_RUN_ID']}`,
  },
  gitlab: {
    runs: (env) => isSet(env['GITLAB_CI']),
    branch: (env) => env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'] || env['CI_COMMIT_BRANCH'],
    commit: (env) => env['CI_COMMIT_SHA'],
    pullRequest: (env) => isSet(env['CI_MERGE_REQUEST_IID']) || isSet(env['CI_EXTERNAL_PULL_REQUEST_IID']),
    baseBranch: (env) =>
      env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'] || env['CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME'],
    runUrl: (env) => env['CI_JOB_URL'] || env['CI_PIPELINE_URL'],
  },
  azure: {
    runs: (env) => isSet(env['TF_BUILD']),
    branch: (env) => branchOfRef(env['SYSTEM_PULLREQUEST_SOURCEBRANCH'] || env['BUILD_SOURCEBRANCH']),
    commit: (env) => env['BUILD_SOURCEVERSION'],
    pullRequest: (env) => isSet(env['SYSTEM_PULLREQUEST_PULLREQUESTID']),
    baseBranch: (env) => branchOfRef(env['SYSTEM_PULLREQUEST_TARGETBRANCH']),
    // The address of the collection ends with a slash.
    runUrl: (env) =>
      filled`${env['SYSTEM_COLLECTIONURI']}${env['SYSTEM_TEAMPROJECTID']}/_build/results?buildId=${env['BUILD_BUILDID']}`,
  },
  circleci: {
    runs: (env) => isSet(env['CIRCLECI']),
    branch: (env) => env['CIRCLE_BRANCH'],
    commit: (env) => env['CIRCLE_SHA1'],
    pullRequest: (env) => isSet(env['CIRCLE_PULL_REQUEST']) || /^pull\//.test(env['CIRCLE_BRANCH'] ?? ''),
    baseBranch: () => undefined,
    runUrl: (env) => env['CIRCLE_BUILD_URL'],
  },
  buildkite: {
    runs: (env) => isSet(env['BUILDKITE']),
    // Of a tag the name stands in both.
    branch: (env) => (isSet(env['BUILDKITE_TAG']) ? undefined : env['BUILDKITE_BRANCH']),
    // A build that is started by hand may leave the commit to the agent.
    commit: (env) => (env['BUILDKITE_COMMIT'] === 'HEAD' ? undefined : env['BUILDKITE_COMMIT']),
    // Buildkite writes the word false where others leave the variable out.
    pullRequest: (env) => isSet(env['BUILDKITE_PULL_REQUEST']) && env['BUILDKITE_PULL_REQUEST'] !== 'false',
    baseBranch: (env) => env['BUILDKITE_PULL_REQUEST_BASE_BRANCH'],
    runUrl: (env) => env['BUILDKITE_BUILD_URL'],
  },
  jenkins: {
    runs: (env) => isSet(env['JENKINS_URL']),
    // Only multibranch jobs have BRANCH_NAME; the others say which remote branch they checked out.
    branch: (env) =>
      isSet(env['TAG_NAME'])
        ? undefined
        : env['CHANGE_BRANCH'] || env['BRANCH_NAME'] || env['GIT_BRANCH']?.replace(/^(?:refs\/remotes\/)?origin\//, ''),
    commit: (env) => env['GIT_COMMIT'],
    pullRequest: (env) => isSet(env['CHANGE_ID']),
    baseBranch: (env) => env['CHANGE_TARGET'],
    runUrl: (env) => env['BUILD_URL'],
  },
};

/** The first answer of any CI; a pull request of any of them counts, because then nothing may be written. */
export const ciRef = (env: Variables): CiRef => {
  const all = Object.values(rows);
  const naming = all.find((row) => isSet(row.branch(env)));
  const branch = naming?.branch(env);
  const commit = naming && firstOf([naming.commit(env)]);
  const pullRequest = all.some((row) => row.pullRequest(env));
  const baseBranch = pullRequest ? firstOf(all.map((row) => row.baseBranch(env))) : undefined;
  return {
    ci: isCi(env),
    pullRequest,
    ...(branch === undefined ? {} : { branch }),
    ...(commit === undefined ? {} : { commit }),
    ...(baseBranch === undefined ? {} : { baseBranch }),
  };
};

/** Azure and Jenkins set no `CI`; a person who sets it to false means it. */
const isCi = (env: Variables): boolean => {
  const said = env['CI']?.trim().toLowerCase() ?? '';
  if (['false', '0', 'no'].includes(said)) return false;
  return said !== '' || Object.values(rows).some((row) => row.runs(env));
};

/** Name of the CI that runs us, of those known here. */
export const ciName = (env: Variables): string | undefined =>
  isCi(env) ? Object.entries(rows).find(([, row]) => row.runs(env))?.[0] : undefined;

/** Page of the run, undefined outside a CI or when what it says is no plain https URL: it is going to be published. */
export const ciRunUrl = (env: Variables): string | undefined =>
  Object.values(rows)
    .map((row) => row.runUrl(env))
    .find((url) => url !== undefined && isPublishable(url));

/** No user info, no query but the number of a build, nothing a terminal or a line of text could trip over. */
const isPublishable = (url: string): boolean =>
  url.length <= 500 && /^\S+$/.test(url) && protocolOf(url.replace(/\?buildId=\d+$/, '')) === 'https';

/** The text when every value is there. */
const filled = (texts: TemplateStringsArray, ...values: readonly (string | undefined)[]): string | undefined =>
  values.every(isSet) ? String.raw({ raw: texts }, ...values) : undefined;

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

const firstOf = (values: readonly (string | undefined)[]): string | undefined => values.find(isSet);

const branchOfRef = (ref: string | undefined): string | undefined =>
  ref?.startsWith('refs/') ? /^refs\/heads\/(.+)$/.exec(ref)?.[1] : ref;

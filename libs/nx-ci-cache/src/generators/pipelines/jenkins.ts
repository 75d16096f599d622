/** Jenkins: a declarative pipeline for a multibranch job. */
import { below } from './lines';
import type { Pipeline } from './pipeline';
import { kept } from './regions';

const sh = (command: string): string => `sh '${command.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const part = (name: string, text: string, indent: number) => kept(name, text, indent, '//');

const verifyStage = (verify: string, condition: readonly string[]) =>
  below(
    "stage('verify') {",
    '  when {',
    ...condition.map((line) => `    ${line}`),
    "    triggeredBy 'TimerTrigger'",
    "    expression { new Date().format('u') == '7' }",
    '  }',
    '  steps {',
    "    withCredentials([gitUsernamePassword(credentialsId: 'git')]) {",
    `      ${sh(verify)}`,
    '    }',
    '  }',
    '}',
  );

export const jenkins = ({ install, nx, gates, refresh, report, verify, preview, branches }: Pipeline): string => {
  const ours = branches.map((branch) => `branch '${branch}'`);
  const condition =
    ours.length === 0 ? ['not { changeRequest() }'] : ['anyOf {', ...ours.map((each) => `  ${each}`), '}'];
  return `// Keeps constraints and image caches fresh; a change request only looks. The parts in { } follow ci-cache.json: nx sync.
// Agents need Node, uv and git; for images buildx, logged in to their registry. The credentials 'git' may push.
pipeline {
  agent any
  // One after another and never cancelled: a refresh that is cut short is one that did not happen.
  options { disableConcurrentBuilds(abortPrevious: false) }
  triggers { cron('H 3 * * *') }
  stages {
    stage('setup') {
      steps {
${part('setup', below(...install.map(sh)), 8)}
      }
    }
    stage('preview') {
      when { changeRequest() }
      steps {
        ${sh(`${nx} sync:check`)}
        // Shows what a merge would do to constraints and images: nothing is pushed, tagged or built.
        withCredentials([gitUsernamePassword(credentialsId: 'git')]) {
          sh '${preview('origin/$CHANGE_TARGET')}'
        }
      }
    }
    stage('refresh') {
      when {
${part('branches', below(...condition), 8)}
      }
      steps {
        withCredentials([gitUsernamePassword(credentialsId: 'git')]) {
${part('refresh', below(gates && sh(gates), sh(refresh)), 10)}
        }
      }
    }
    // Once a week builders that have nothing prove that the caches hold every step.
${part('verify', verify && verifyStage(verify, condition), 4)}
  }
  post {
    always {
${part('report', sh(report), 6)}
      archiveArtifacts artifacts: 'dist/**/refresh.*', allowEmptyArchive: true
    }
  }
}
`;
};

/** Why the numbers may be believed: what was looked at again, what others changed, what is held, and what comes next. */
import type { PageData } from '@nx-ci-cache/report';
import { Listed } from './listed';

export const Proof = ({ data: { verified, proof, drift, held, next } }: { readonly data: PageData }) => (
  <>
    <Listed
      title="Verified in this run"
      none="Nothing was written, so nothing had to be read back."
      head={['step', 'what', 'how']}
    >
      {verified.map(({ step, what, how }) => [step, what, how])}
    </Listed>
    {proof !== undefined && (
      <>
        <Listed
          title={`Caches proved from empty builders${proof.at === undefined ? '' : `, ${proof.at}`}: ${proof.result}`}
          none="No leg was tried."
          head={['leg', 'result', 'what']}
        >
          {proof.legs.map(({ leg, isWhole, text }) => [leg, isWhole ? 'whole' : 'missed', text])}
        </Listed>
        {proof.faults.map((fault) => (
          <p>{fault}</p>
        ))}
      </>
    )}
    <Listed
      title="What others did since it was recorded"
      none="Nothing: branch and registry are as we left them."
      head={['step', 'what']}
    >
      {drift.map(({ step, text }) => [step, text])}
    </Listed>
    <Listed title="Held" none="No pin is held below its newest stable release." head={['what holds it', 'where']}>
      {held.map(({ text, files }) => [text, files.join(', ')])}
    </Listed>
    <h3>What the next run will do</h3>
    <ul>
      {next.map((each) => (
        <li>{each}</li>
      ))}
    </ul>
  </>
);

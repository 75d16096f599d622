/** All that is known of one pin: what it was, how old it is, who requires it, what holds it. */
import type { PageRow } from '@nx-ci-cache/report/src/page/page-data';
import { ReleaseLink } from '../parts/release-link';

export const PinDetail = ({ row, pages }: { readonly row: PageRow; readonly pages: string | undefined }) => {
  const { name, version, from, uploaded, ageDays, requiredBy, notes = [] } = row;
  return (
    <aside class="detail" aria-label={`About ${name}`}>
      <h4>{name}</h4>
      <dl>
        <Fact name="version" value={version ?? 'removed'} />
        <Fact name="published before" value={from} />
        <Fact name="uploaded" value={uploaded?.slice(0, 10)} />
        <Fact name="age at the cut-off" value={ageDays === undefined ? undefined : `${ageDays} days`} />
        <Fact name="required by" value={requiredBy?.join(', ')} />
        {notes.map((note) => (
          <Fact name="note" value={note} />
        ))}
      </dl>
      {version !== undefined && <ReleaseLink pages={pages} name={name} version={version} />}
    </aside>
  );
};

const Fact = ({ name, value }: { readonly name: string; readonly value: string | undefined }) =>
  value === undefined || value === '' ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );

/** The first screen: how the run ended, what it changed, and what to do. */
import type { PageData } from '@nx-ci-cache/report';

export const Outcome = ({ data: { outcome, headline, summary, todo, facts } }: { readonly data: PageData }) => (
  <div class={`outcome ${outcome}`}>
    <h1>{headline}</h1>
    {summary !== undefined && <p class="summary">{summary}</p>}
    {todo.length === 0 ? (
      <p>Nothing is left to do.</p>
    ) : (
      <>
        <h2>What to do</h2>
        <ol class="todo">
          {todo.map((each) => (
            <li>{each}</li>
          ))}
        </ol>
      </>
    )}
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </div>
);

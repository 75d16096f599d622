/** The images of the run: its time, and each leg. */
import type { PageData } from '@nx-ci-cache/report';
import { Gantt } from './gantt';
import { Legs } from './legs';

export const Images = ({ data: { timeline, legs } }: { readonly data: PageData }) => (
  <>
    {timeline === undefined ? <p>Nothing ran in this run.</p> : <Gantt timeline={timeline} />}
    {legs.length === 0 ? <p>This project has no images.</p> : <Legs legs={legs} />}
  </>
);

/** The whole page: the outcome first, then one section at a time, or all of them on paper. */
import type { PageData } from '@nx-ci-cache/report';
import { Constraints } from './constraints/constraints';
import { PrintedChanges } from './constraints/printed-changes';
import { Images } from './images/images';
import { Outcome } from './outcome';
import { Proof } from './proof/proof';
import { routeHash, sections, type Route, type Section } from './route';
import { Steps } from './steps';
import { ThemeToggle } from './theme';
import { usePrinting } from './use-printing';
import { useRoute } from './use-route';

const titles: Readonly<Record<Section, string>> = {
  constraints: 'Constraints',
  images: 'Images',
  proof: 'Proof',
  run: 'Steps',
};

export const App = ({ data }: { readonly data: PageData }) => {
  const route = useRoute();
  const isPrinting = usePrinting();
  return (
    <>
      <a class="skip" href="#section" onClick={toSection}>
        Skip to the section
      </a>
      <header class="top">
        <Outcome data={data} />
        <ThemeToggle />
      </header>
      <nav aria-label="Sections">
        {sections.map((section) => (
          <a href={routeHash({ section })} aria-current={section === route.section ? 'page' : undefined}>
            {titles[section]}
          </a>
        ))}
      </nav>
      <main id="section" tabIndex={-1}>
        {(isPrinting ? sections : [route.section]).map((section) => (
          <section aria-labelledby={`title-${section}`}>
            <h2 id={`title-${section}`}>{titles[section]}</h2>
            {contentOf(section, data, isPrinting ? { section, search: '' } : route)}
            {isPrinting && section === 'constraints' && <PrintedChanges files={data.files} />}
          </section>
        ))}
      </main>
    </>
  );
};

const toSection = (event: Event): void => {
  event.preventDefault();
  document.getElementById('section')?.focus();
};

const contentOf = (section: Section, data: PageData, route: Route) => {
  switch (section) {
    case 'constraints':
      return <Constraints data={data} route={route} />;
    case 'images':
      return <Images data={data} />;
    case 'proof':
      return <Proof data={data} />;
    case 'run':
      return <Steps data={data} />;
  }
};

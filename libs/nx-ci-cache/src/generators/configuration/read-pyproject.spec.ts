import { pyprojectRequirements } from './read-pyproject';

const files = { read: () => undefined, folders: () => [] };
const read = (text: string) => pyprojectRequirements(text, 'pyproject.toml', 'api/pyproject.toml', files);
const project = '[project]\nname = "app"\nversion = "1"\ndependencies = ["flask"]\n';

it('leaves out the extras and groups that no constraint file can hold, by name, and takes the others', () => {
  const more =
    '[project.optional-dependencies]\ns3 = ["boto3"]\n' +
    '[dependency-groups]\ntest = ["pytest"]\ntyping = ["stubs @ git+https://h/s"]\nall = [{ include-group = "typing" }]\n';
  expect(read(`${project}${more}`)).toMatchObject({
    source: { pyproject: 'pyproject.toml', extras: ['s3'], groups: ['test'] },
    says: 'dependencies, extras s3, groups test; without typing all: no constraint file can hold what is required there',
  });
});

it('takes groups of a file that is no project', () => {
  expect(read('[dependency-groups]\ntest = ["pytest"]\nbad = ["x @ file:///x"]\n')).toMatchObject({
    source: { groups: ['test'] },
  });
});

it('refuses what the project itself requires in no released form', () => {
  expect(() => read(project.replace('flask', 'flask @ git+https://h/f'))).toThrow('project.dependencies = "flask …"');
});

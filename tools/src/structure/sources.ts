/** The sources of this repository and what each imports, read from the files alone, so that it holds without Nx's graph. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { preProcessFile } from 'typescript';

export interface Source {
  /** From the repository's root. */
  readonly file: string;
  readonly project: Project;
  /** Files of this repository, from its root; what npm installed is not among them. */
  readonly imports: readonly string[];
  readonly lines: number;
}

export interface Project {
  readonly folder: string;
  readonly name: string;
  readonly layer: string;
}

const root = join(__dirname, '../../..');

/** Each file of ours that is no test and was not generated. */
export const readSources = (): readonly Source[] => {
  const projects = readProjects();
  return projects.flatMap((project) =>
    filesBelow(`${project.folder}/src`).map((file): Source => {
      const text = readFileSync(join(root, file), 'utf8');
      const { importedFiles } = preProcessFile(text, true, true);
      const imports = importedFiles.flatMap(({ fileName }) => resolveImport(fileName, file, projects) ?? []);
      return { file, project, imports: [...new Set(imports)], lines: text.split('\n').length - 1 };
    }),
  );
};

const readProjects = (): readonly Project[] =>
  ['libs', 'apps', 'tools']
    .flatMap((folder) => [folder, ...readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)])
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const { name, nx } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const [layer = 'none'] = (nx.tags as string[]).map((tag) => tag.replace('layer:', ''));
      return { folder, name, layer };
    });

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.spec|\.d)\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const resolveImport = (name: string, from: string, projects: readonly Project[]): string | undefined => {
  const path = name.startsWith('.') ? join(from, '..', name) : pathInProject(name, projects);
  return (
    path &&
    [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`, path].find(
      (each) => /\.tsx?$/.test(each) && existsSync(join(root, each)),
    )
  );
};

const pathInProject = (name: string, projects: readonly Project[]): string | undefined => {
  const project = projects.find((each) => name === each.name || name.startsWith(`${each.name}/`));
  return project && join(project.folder, name === project.name ? 'src/index' : name.slice(project.name.length));
};

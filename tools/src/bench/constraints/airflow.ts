/** The yardstick: Airflow's own two large inputs on its four Pythons, as a project of the plugin and as plain files. */

export const pythons = ['3.10', '3.11', '3.12', '3.13'] as const;

/** By mode, the larger one first: the plain loop's first resolve is then the cold one of the cell with the most pins. */
export const inputs: Readonly<Record<string, string>> = {
  constraints: 'apache-airflow[all]==3.1.0',
  'constraints-no-providers': 'apache-airflow-core[all]==3.1.0',
};

/** What has no wheel: building these runs their code on this machine. */
export const sdists = [
  ...['atlasclient', 'docopt', 'gssapi', 'hdfs', 'kylinpy', 'multi-key-dict', 'mysqlclient'],
  ...['pure-sasl', 'pydruid', 'pyhive', 'pykerberos', 'pyspark', 'python-ldap'],
];

export const cells = Object.keys(inputs).flatMap((mode) => pythons.map((python) => ({ mode, python })));

export const inputFile = (mode: string): string => `${mode}.in`;

/**
 * @param modes requirement text by mode.
 * @param allowSdist default: what has no wheel.
 */
export const projectFiles = (
  modes: Readonly<Record<string, string>>,
  allowSdist: 'all' | readonly string[] = sdists,
): Readonly<Record<string, string>> => ({
  'app/project.json': JSON.stringify({ name: 'app' }),
  'app/ci-cache.json': JSON.stringify(
    {
      pythons,
      constraints: {
        modes: Object.fromEntries(
          Object.keys(modes).map((mode) => [mode, { requirements: [inputFile(mode)], allowSdist }]),
        ),
      },
      push: { remote: '{env.CI_CACHE_REMOTE}', branches: [{ from: 'main', to: 'constraints-main' }] },
    },
    null,
    2,
  ),
  ...Object.fromEntries(Object.entries(modes).map(([mode, text]) => [`app/${inputFile(mode)}`, `${text}\n`])),
});

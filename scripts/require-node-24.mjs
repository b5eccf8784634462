// Every script starts here: the project's own Node 24 (the Lambda runtime's version) comes with `npm ci`,
// but only when its install script was allowed to run. Say so instead of failing on a syntax error later.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    [
      `Gruppstart behöver Node 24, men kör på ${process.version}.`,
      'Kör "npm ci" utan --ignore-scripts: då installeras rätt Node i projektet.',
      '',
      `Gruppstart needs Node 24 but runs on ${process.version}.`,
      'Run "npm ci" without --ignore-scripts: it installs the right Node inside the project.',
    ].join('\n'),
  );
  process.exit(1);
}

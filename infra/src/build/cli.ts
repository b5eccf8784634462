import { parseArgs } from 'node:util';
import { buildIfNeeded } from './build-if-needed.ts';
import { PROJECT } from './project-paths.ts';
import { checkSizes, sizeTable } from './size-check.ts';

const HELP = `Builds what is deployed, into build/.

  node infra/src/build/cli.ts                bundles of the functions, openapi.json, files of the reference page
    --synth                                  also the templates, in build/cloud-assembly
    --if-needed                              nothing when the sources are those of the last build
    --check-sizes                            fails when a bundle is heavier than it may be
`;

const { values } = parseArgs({
  options: {
    synth: { type: 'boolean', default: false },
    'if-needed': { type: 'boolean', default: false },
    'check-sizes': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const run = async (): Promise<void> => {
  const { rebuilt } = await buildIfNeeded(PROJECT, { synth: values.synth, force: !values['if-needed'] });
  if (!rebuilt && !values['check-sizes']) return;
  const { ok, rows } = checkSizes(PROJECT);
  console.log(sizeTable(rows));
  if (values['check-sizes'] && !ok) process.exitCode = 1;
};

if (values.help) console.log(HELP);
else {
  try {
    await run();
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}

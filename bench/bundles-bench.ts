import { PROJECT } from '@gruppstart/infra/build/project-paths';
import { checkSizes } from '@gruppstart/infra/build/size-check';
import { ensureBuild } from '@gruppstart/local/build';
import { atMost, type Bench } from './bench.ts';

const KIBIBYTE = 1024;

export const bundlesBench: Bench = {
  name: 'bundles',
  title: 'size of each function’s bundle, as the last build accounts for it',
  run: async ({ tell }) => {
    await ensureBuild(tell);
    return checkSizes(PROJECT).rows.map(({ name, bytes, limitBytes, largest }) => {
      const [heaviest] = largest;
      const note = heaviest ? `most: ${heaviest.input}, ${Math.round(heaviest.bytes / KIBIBYTE)}` : '';
      return atMost(`bundles.${name}`, bytes / KIBIBYTE, limitBytes / KIBIBYTE, 'KiB', note);
    });
  },
};

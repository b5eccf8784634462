import { readFileSync } from 'node:fs';
import { documentPages } from './document-pages.ts';

const assetBeside = (name: string): Buffer => readFileSync(new URL(`./assets/${name}`, import.meta.url));

export const handler = documentPages(assetBeside);

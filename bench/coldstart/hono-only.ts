/** The baseline of the bench `coldstart`, bundled by it: the least that a door can be, with nothing of the product. */
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';

export const handler = handle(new Hono().get('/', (context) => context.json({ ok: true })));

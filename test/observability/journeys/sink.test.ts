import { expect, test } from 'vitest';
import { openEnvironment } from '../../journeys/environment.ts';
import { HOSTILE_TEXT } from '../hostile-person.ts';

/** The check that every file of journeys ends with must be able to fail. */
test('a cloud in which somebody’s data lie among the dead letters does not close without saying so', async () => {
  const environment = await openEnvironment();
  await environment.inside?.sendMessage('IntakeQueueDeadLetters', JSON.stringify({ note: HOSTILE_TEXT }));
  const said = await environment.close().then(
    () => 'closed',
    (error: unknown) => String(error),
  );
  if (environment.inside === null) return;
  for (const kind of ['name', 'personal-number', 'phone', 'e-mail', 'birth-date']) {
    expect(said).toContain(`IntakeQueueDeadLetters:1 ${kind}`);
  }
  expect(said).not.toMatch(/Hjördis|Blåklint|1985|070-/);
});

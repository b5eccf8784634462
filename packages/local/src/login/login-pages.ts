import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Role } from '@gruppstart/contracts/roles';
import { DEMO_PASSWORD, DEMO_USERS, type DemoUser } from './demo-users.ts';

const STYLE = readFileSync(new URL('./login.css', import.meta.url), 'utf8');
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const ROLE_LABELS: Readonly<Record<Role, { readonly sv: string; readonly en: string }>> = {
  caseworker: { sv: 'handläggare', en: 'caseworker' },
  'unit-manager': { sv: 'enhetschef', en: 'unit manager' },
  coordinator: { sv: 'samordnare', en: 'coordinator' },
  'process-owner': { sv: 'processägare', en: 'process owner' },
  auditor: { sv: 'dataskyddsombud', en: 'auditor' },
  hr: { sv: 'HR', en: 'HR' },
  union: { sv: 'facklig företrädare', en: 'union representative' },
  'batch-sender': { sv: 'filsändare', en: 'batch sender' },
};

const TENANT_LABELS: Readonly<Record<string, string>> = { soderhamn: 'Söderhamn', skovde: 'Skövde' };

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/**
 * What a page of the login may load: its own style and nothing else. Browsers hold `form-action` also against the
 * redirects after a form, so the page must name where the client is called back.
 */
export const contentSecurityPolicy = (callbackOrigin: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action 'self'${callbackOrigin === undefined ? '' : ` ${callbackOrigin}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

const rolesOf = (user: DemoUser, language: 'sv' | 'en'): string =>
  user.grants
    .map((grant) => {
      const label = ROLE_LABELS[grant.role][language];
      if (grant.deputyFor === null) return label;
      return language === 'sv' ? `${label} (ersättare)` : `${label} (deputy)`;
    })
    .join(', ');

const userRow = (user: DemoUser): string => `<tr>
<td><a href="?user=${encodeURIComponent(user.userName)}">${escapeHtml(user.userName)}</a></td>
<td>${escapeHtml(user.displayName)}</td>
<td>${escapeHtml(rolesOf(user, 'sv'))}<br><span lang="en">${escapeHtml(rolesOf(user, 'en'))}</span></td>
</tr>`;

const usersOfTenant = (tenant: string): string => `<div class="table"><table>
<caption>${escapeHtml(TENANT_LABELS[tenant] ?? tenant)}</caption>
<thead><tr><th scope="col">Användarnamn</th><th scope="col">Namn</th><th scope="col">Roll</th></tr></thead>
<tbody>
${DEMO_USERS.filter((user) => user.tenant === tenant)
  .map(userRow)
  .join('\n')}
</tbody>
</table></div>`;

const REFUSAL = `<div class="refusal" role="alert" id="refusal">
<p>Användarnamnet eller lösenordet stämmer inte. Försök igen.</p>
<p lang="en">The user name or the password is wrong. Try again.</p>
</div>`;

/** The login form. After a refusal it says so, and keeps the name that was typed. */
export const loginPage = (form: { readonly userName: string; readonly refused: boolean }): string => {
  const describedBy = form.refused ? ' aria-invalid="true" aria-describedby="refusal"' : '';
  const focusOn = form.userName === '' ? 'userName' : 'password';
  const focus = (input: string): string => (input === focusOn ? ' autofocus' : '');
  return page(
    form.refused ? 'Inloggningen misslyckades – Gruppstart' : 'Logga in – Gruppstart',
    `<h1>Logga in i Gruppstart</h1>
<p lang="en">Log in to Gruppstart</p>
${form.refused ? REFUSAL : ''}
<form method="post">
<label for="userName">Användarnamn <span lang="en">/ User name</span></label>
<input id="userName" name="userName" value="${escapeHtml(form.userName)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${describedBy}${focus('userName')}>
<label for="password">Lösenord <span lang="en">/ Password</span></label>
<input id="password" name="password" type="password" autocomplete="current-password" required${describedBy}${focus('password')}>
<button type="submit">Logga in</button>
</form>
<h2>Påhittade användare</h2>
<p>Alla har lösenordet <code>${escapeHtml(DEMO_PASSWORD)}</code>. Välj ett namn för att fylla i det.<br>
<span lang="en">Invented users; all have the same password. Choose a name to fill it in.</span></p>
${[...new Set(DEMO_USERS.map((user) => user.tenant))].map(usersOfTenant).join('\n')}`,
  );
};

/** A page for what the login refuses before or after the form, with the protocol's own code for whoever builds a client. */
export const refusalPage = (refusal: { readonly code: string; readonly detail: string }): string =>
  page(
    'Inloggningen kunde inte fortsätta – Gruppstart',
    `<h1>Inloggningen kunde inte fortsätta</h1>
<p lang="en">The login could not go on</p>
<div class="refusal" role="alert">
<p>Gå tillbaka till det du kom från och börja om. Om det händer igen: ge koden nedan till den som sköter systemet.</p>
<p lang="en">Go back to where you came from and start again. If it happens again, give the code below to whoever runs the system.</p>
</div>
<p><code>${escapeHtml(refusal.code)}</code></p>
<p lang="en">${escapeHtml(refusal.detail)}</p>`,
  );

/** Asks before logging out. `formHtml` is the provider's own form, with its protection against forged requests. */
export const logoutPage = (formHtml: string): string =>
  page(
    'Logga ut – Gruppstart',
    `<h1>Vill du logga ut?</h1>
<p lang="en">Do you want to log out?</p>
${formHtml}
<p><button type="submit" form="op.logoutForm" name="logout" value="yes">Logga ut</button></p>`,
  );

export const loggedOutPage = (): string =>
  page('Utloggad – Gruppstart', '<h1>Du är utloggad</h1>\n<p lang="en">You are logged out.</p>');

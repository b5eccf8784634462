export interface CookieJar {
  /** The value of the next request's Cookie header. */
  header(): string;
  keep(answer: Response): void;
}

/** A browser's memory for one login: the newest value of each cookie. Ages are left to the server. */
export const createCookieJar = (): CookieJar => {
  const cookies = new Map<string, string>();
  return {
    header: (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    keep: (answer: Response): void => {
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const equals = pair.indexOf('=');
        const value = pair.slice(equals + 1);
        if (value === '') cookies.delete(pair.slice(0, equals));
        else cookies.set(pair.slice(0, equals), value);
      }
    },
  };
};

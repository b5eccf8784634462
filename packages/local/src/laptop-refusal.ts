/** The laptop cannot start for a reason that the person at it can do something about. Said in Swedish and in English. */
export class LaptopRefusal extends Error {
  override readonly name = 'LaptopRefusal';
  readonly swedish: string;
  readonly english: string;

  constructor(swedish: string, english: string, options?: ErrorOptions) {
    super(english, options);
    this.swedish = swedish;
    this.english = english;
  }
}

/** Turns the system's "address in use" into words; anything else is thrown as it is. */
export function refusePort(error: unknown, port: number, forWhatSwedish: string, forWhatEnglish: string): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    throw new LaptopRefusal(
      `Porten ${port} för ${forWhatSwedish} är upptagen. Stäng det som använder den, eller välj en annan med --port.`,
      `Port ${port} for ${forWhatEnglish} is taken. Close what uses it, or choose another with --port.`,
      { cause: error },
    );
  }
  throw error;
}

/** A faulty solver, never a fault of the input: the run must not be stored. */
export class CertificateFailure extends Error {
  override readonly name = 'CertificateFailure';
}

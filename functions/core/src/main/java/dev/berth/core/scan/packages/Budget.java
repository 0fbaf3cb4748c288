package dev.berth.core.scan.packages;

/**
 * What may be read of a database in all: as much as it is long. Parts of it that lie apart never
 * need more; parts that overlap could, and reading them would take for ever.
 */
final class Budget {

  private final String what;
  private long left;

  /**
   * @param what is read, for the message
   */
  Budget(String what, Bytes database) {
    this.what = what;
    this.left = database.length();
  }

  void spend(long bytes) {
    if (bytes < 0 || bytes > left) {
      throw new PackageDatabaseException(what + " are longer than the file");
    }
    left -= bytes;
  }
}

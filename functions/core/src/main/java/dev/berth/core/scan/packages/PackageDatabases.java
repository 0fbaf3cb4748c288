package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.PackageFormat;
import java.util.List;

/** The files in which package managers write down what is installed. */
public final class PackageDatabases {

  /** More packages in one database are refused; Debian has 65,000 in all. */
  public static final int MOST_PACKAGES = 100_000;

  /** A name, version, architecture or module of more bytes is refused. */
  public static final int LONGEST_TEXT = 1024;

  private PackageDatabases() {}

  /**
   * The packages that are installed, in the database's order. An empty file has none.
   *
   * @param database of dpkg the file {@code status} or one of {@code status.d}, of apk {@code
   *     installed}; of rpm {@code Packages}, {@code Packages.db} or {@code rpmdb.sqlite}, whatever
   *     it is called: its beginning says which it is
   * @throws PackageDatabaseException if it is none of these, is damaged, or goes beyond the bounds
   */
  public static List<InstalledPackage> read(PackageFormat format, byte[] database) {
    return switch (format) {
      case DPKG -> new DpkgDatabase().read(database);
      case APK -> new ApkDatabase().read(database);
      case RPM -> RpmDatabase.read(database);
    };
  }
}

package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.nio.ByteOrder;
import java.util.List;

/** A database of rpm, in one of its three formats. */
final class RpmDatabase {

  private RpmDatabase() {}

  static List<InstalledPackage> read(byte[] database) {
    if (database.length == 0) {
      return List.of();
    }
    Bytes littleEndian = Bytes.of(database, ByteOrder.LITTLE_ENDIAN);
    Bytes bigEndian = littleEndian.in(ByteOrder.BIG_ENDIAN);
    if (SqliteDatabase.is(bigEndian)) {
      return new SqliteDatabase(bigEndian).read();
    }
    if (NdbDatabase.is(littleEndian)) {
      return new NdbDatabase(littleEndian).read();
    }
    // in the byte order of the machine that wrote it
    for (Bytes either : List.of(littleEndian, bigEndian)) {
      if (BerkeleyDatabase.is(either)) {
        return new BerkeleyDatabase(either).read();
      }
    }
    throw new PackageDatabaseException("it is no database of rpm");
  }
}

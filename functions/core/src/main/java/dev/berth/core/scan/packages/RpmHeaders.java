package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.nio.ByteOrder;
import java.util.List;

/** The headers of an rpm database, a package each, as they are found in it. */
final class RpmHeaders {

  private final Packages packages = new Packages();
  private final Budget budget;

  RpmHeaders(Bytes database) {
    budget = new Budget("its headers", database);
  }

  /** Room for a header that was found in pieces. */
  byte[] room(long length) {
    budget.spend(length);
    return new byte[(int) length];
  }

  void add(byte[] filled) {
    read(Bytes.of(filled, ByteOrder.BIG_ENDIAN));
  }

  /** A header that is there in one piece. */
  void add(Bytes header) {
    budget.spend(header.length());
    read(header.in(ByteOrder.BIG_ENDIAN));
  }

  private void read(Bytes header) {
    packages.add(RpmHeader.read(header));
  }

  List<InstalledPackage> packages() {
    return packages.found();
  }
}

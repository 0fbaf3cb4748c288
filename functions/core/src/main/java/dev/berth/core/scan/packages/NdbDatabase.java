package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.util.List;

/**
 * rpm's own format, {@code Packages.db} (rpm's {@code lib/backend/ndb/rpmpkg.c}): pages of slots of
 * 16 bytes, and blobs that they point to in units of 16 bytes; all little-endian.
 */
final class NdbDatabase {

  private static final long HEADER_MAGIC = 0x506d7052; // RpmP
  private static final long SLOT_MAGIC = 0x746f6c53; // Slot
  private static final long BLOB_MAGIC = 0x53626c42; // BlbS

  private static final int PAGE = 4096;
  private static final int SLOT = 16;

  /** The header is as long as two slots. */
  private static final int FIRST_SLOT = 2;

  private static final int BLOB_HEADER = 16;

  private final Bytes file;
  private final RpmHeaders headers;

  NdbDatabase(Bytes file) {
    this.file = file;
    this.headers = new RpmHeaders(file);
  }

  static boolean is(Bytes file) {
    return file.length() >= 4 && file.u32(0) == HEADER_MAGIC;
  }

  List<InstalledPackage> read() {
    long version = file.u32(4);
    if (version != 0) {
      throw new PackageDatabaseException("version %d of NDB is not known".formatted(version));
    }
    long slots = file.u32(12) * PAGE / SLOT;
    for (long i = FIRST_SLOT; i < slots; i++) {
      readSlot(i * SLOT);
    }
    return headers.packages();
  }

  private void readSlot(long slot) {
    requireMagic(SLOT_MAGIC, slot);
    long number = file.u32(slot + 4);
    // a slot that is free has none
    if (number != 0) {
      readBlob(number, file.u32(slot + 8) * SLOT);
    }
  }

  private void readBlob(long number, long blob) {
    requireMagic(BLOB_MAGIC, blob);
    if (file.u32(blob + 4) != number) {
      throw new PackageDatabaseException("the blob at %d is of another slot".formatted(blob));
    }
    headers.add(file.part(blob + BLOB_HEADER, file.u32(blob + 12)));
  }

  private void requireMagic(long magic, long at) {
    if (file.u32(at) != magic) {
      throw new PackageDatabaseException("there is no slot or blob at %d".formatted(at));
    }
  }
}

package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.util.List;

/**
 * A hash table of BerkeleyDB, {@code Packages} (its {@code dbinc/db_page.h}): on each page of the
 * table keys and values by turns, numbers of packages and their headers; a header of more than a
 * quarter of a page is on a chain of overflow pages. In the byte order that its writer had.
 */
final class BerkeleyDatabase {

  private static final long HASH_MAGIC = 0x061561;
  private static final int MAGIC = 12;

  // of the first page
  private static final int PAGE_SIZE = 20;
  private static final int ENCRYPTION = 24;
  private static final int LAST_PAGE = 32;

  // of every page
  private static final int NEXT_PAGE = 16;
  private static final int ENTRIES = 20;
  private static final int FREE_OFFSET = 22;
  private static final int PAGE_TYPE = 25;
  private static final int PAGE_HEADER = 26;

  private static final int UNSORTED_HASH_PAGE = 2;
  private static final int OVERFLOW_PAGE = 7;
  private static final int HASH_PAGE = 13;

  // of items
  private static final int ON_THE_PAGE = 1;
  private static final int ON_OVERFLOW_PAGES = 3;

  private final Bytes file;
  private final RpmHeaders headers;
  private final int pageSize;

  BerkeleyDatabase(Bytes file) {
    this.file = file;
    this.headers = new RpmHeaders(file);
    this.pageSize = (int) file.u32(PAGE_SIZE);
  }

  static boolean is(Bytes file) {
    return file.length() >= MAGIC + 4 && file.u32(MAGIC) == HASH_MAGIC;
  }

  List<InstalledPackage> read() {
    if (pageSize < 512 || pageSize > 65_536 || Integer.bitCount(pageSize) != 1) {
      throw new PackageDatabaseException("pages of %d bytes there are not".formatted(pageSize));
    }
    if (file.u8(ENCRYPTION) != 0) {
      throw new PackageDatabaseException("it is encrypted");
    }
    long last = file.u32(LAST_PAGE);
    for (long number = 1; number <= last; number++) {
      readPage(page(number));
    }
    return headers.packages();
  }

  private Bytes page(long number) {
    return file.part(number * pageSize, pageSize);
  }

  private void readPage(Bytes page) {
    int type = page.u8(PAGE_TYPE);
    if (type == HASH_PAGE || type == UNSORTED_HASH_PAGE) {
      int entries = page.u16(ENTRIES);
      for (int key = 0; key + 1 < entries; key += 2) {
        if (!isZero(item(page, key))) {
          readValue(item(page, key + 1));
        }
      }
    }
  }

  /** Items fill a page from its end: each reaches up to the one before it. */
  private Bytes item(Bytes page, int index) {
    int end = index == 0 ? pageSize : page.u16(PAGE_HEADER + 2L * (index - 1));
    int start = page.u16(PAGE_HEADER + 2L * index);
    return page.part(start, end - start);
  }

  /** Under the number 0 there is the next package's number, and no package. */
  private static boolean isZero(Bytes key) {
    return key.length() == 5 && key.u8(0) == ON_THE_PAGE && key.u32(1) == 0;
  }

  private void readValue(Bytes value) {
    switch (value.u8(0)) {
      case ON_THE_PAGE -> headers.add(value.part(1, value.length() - 1L));
      case ON_OVERFLOW_PAGES -> readOverflow(value.u32(4), value.u32(8));
      default ->
          throw new PackageDatabaseException(
              "a value has type %d, which no header has".formatted(value.u8(0)));
    }
  }

  private void readOverflow(long first, long length) {
    byte[] header = headers.room(length);
    int filled = 0;
    long number = first;
    while (filled < header.length) {
      Bytes page = page(number);
      int here = Math.min(page.u16(FREE_OFFSET), header.length - filled);
      if (page.u8(PAGE_TYPE) != OVERFLOW_PAGE || here == 0) {
        throw new PackageDatabaseException("page %d is no overflow page".formatted(number));
      }
      page.copy(PAGE_HEADER, header, filled, here);
      filled += here;
      number = page.u32(NEXT_PAGE);
    }
    headers.add(header);
  }
}

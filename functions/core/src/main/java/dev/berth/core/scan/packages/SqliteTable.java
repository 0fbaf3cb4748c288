package dev.berth.core.scan.packages;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * The rows of a table of SQLite: a B-tree whose leaves hold them, and chains of overflow pages for
 * what is too long for a leaf.
 */
final class SqliteTable {

  /** Takes the rows, in ascending order of their keys. */
  interface Reader {
    void read(SqliteRow row);
  }

  private static final int INTERIOR = 5;
  private static final int LEAF = 13;

  /** The first page begins with the header of the file. */
  private static final int FILE_HEADER = 100;

  // of a page
  private static final int CELLS = 3;
  private static final int LAST_CHILD = 8;
  private static final int CELLS_OF_LEAF = 8;
  private static final int CELLS_OF_INTERIOR = 12;

  private final Bytes file;
  private final int pageSize;
  private final int usable;
  private final Reader reader;
  private final Budget rows;
  private final BitSet seen = new BitSet();
  private final Deque<Long> pages = new ArrayDeque<>();

  /**
   * @param usable how much of a page is not reserved
   */
  SqliteTable(Bytes file, int pageSize, int usable, Reader reader) {
    this.file = file;
    this.pageSize = pageSize;
    this.usable = usable;
    this.reader = reader;
    this.rows = new Budget("its rows", file);
    if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || usable < 480) {
      throw new PackageDatabaseException("pages of %d bytes there are not".formatted(pageSize));
    }
  }

  void read(long root) {
    add(root);
    while (!pages.isEmpty()) {
      readPage(pages.pop());
    }
  }

  /** To be read next; a page is part of the tree once. */
  private void add(long number) {
    if (number < 1 || number > file.length() / pageSize) {
      throw new PackageDatabaseException("there is no page %d".formatted(number));
    }
    if (seen.get((int) number)) {
      throw new PackageDatabaseException("page %d is twice in a table".formatted(number));
    }
    seen.set((int) number);
    pages.push(number);
  }

  private void readPage(long number) {
    Bytes page = page(number);
    int header = number == 1 ? FILE_HEADER : 0;
    int cells = page.u16(header + CELLS);
    switch (page.u8(header)) {
      case INTERIOR -> {
        add(page.u32(header + LAST_CHILD));
        for (int i = cells - 1; i >= 0; i--) {
          add(page.u32(page.u16(header + CELLS_OF_INTERIOR + 2L * i)));
        }
      }
      case LEAF -> {
        for (int i = 0; i < cells; i++) {
          readCell(page, page.u16(header + CELLS_OF_LEAF + 2L * i));
        }
      }
      default -> throw new PackageDatabaseException("page %d is of no table".formatted(number));
    }
  }

  private Bytes page(long number) {
    return file.part((number - 1) * pageSize, pageSize);
  }

  private void readCell(Bytes page, int at) {
    Varint length = Varint.read(page, at);
    Varint key = Varint.read(page, length.end());
    reader.read(new SqliteRow(payload(page, key.end(), length.value())));
  }

  private Bytes payload(Bytes page, long at, long length) {
    rows.spend(length);
    int here = local((int) length);
    if (here == length) {
      return page.part(at, length);
    }
    byte[] payload = new byte[(int) length];
    page.copy(at, payload, 0, here);
    readOverflow(page.u32(at + here), payload, here);
    return Bytes.of(payload, file.content().order());
  }

  /** How much of a payload is on the leaf, by the format's formula. */
  private int local(int length) {
    if (length <= usable - 35) {
      return length;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int wanted = least + (length - least) % (usable - 4);
    return wanted <= usable - 35 ? wanted : least;
  }

  private void readOverflow(long first, byte[] payload, int from) {
    int filled = from;
    long number = first;
    while (filled < payload.length) {
      Bytes page = page(number);
      int here = Math.min(usable - 4, payload.length - filled);
      page.copy(4, payload, filled, here);
      filled += here;
      number = page.u32(0);
    }
  }
}

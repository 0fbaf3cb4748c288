package dev.berth.core.scan.packages;

/** A row of SQLite: the types of its columns, and then their contents. */
record SqliteRow(Bytes record) {

  // types
  private static final int ZERO = 8;
  private static final int ONE = 9;
  private static final int FIRST_BLOB = 12;

  /** How long the types before these are: none, and integers of so many bytes, and a float. */
  private static final int[] LENGTHS = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

  private record Column(long type, long at) {

    long length() {
      return type < FIRST_BLOB ? LENGTHS[(int) type] : (type - FIRST_BLOB) / 2;
    }
  }

  Bytes bytes(int index) {
    Column column = column(index);
    return record.part(column.at(), column.length());
  }

  String text(int index) {
    Bytes bytes = bytes(index);
    return bytes.text(0, Math.min(bytes.length(), PackageDatabases.LONGEST_TEXT));
  }

  /** An integer, which is not negative. */
  long number(int index) {
    Column column = column(index);
    if (column.type() == ZERO || column.type() == ONE) {
      return column.type() - ZERO;
    }
    Bytes bytes = bytes(index);
    long number = 0;
    for (int i = 0; i < bytes.length(); i++) {
      number = number << 8 | bytes.u8(i);
    }
    return number;
  }

  private Column column(int index) {
    Varint header = Varint.read(record, 0);
    Varint type = type(header.end());
    Column column = new Column(type.value(), header.value());
    for (int i = 0; i < index; i++) {
      type = type(type.end());
      column = new Column(type.value(), column.at() + column.length());
    }
    return column;
  }

  private Varint type(long at) {
    Varint type = Varint.read(record, at);
    if (type.value() < 0) {
      throw new PackageDatabaseException("a column has type %d".formatted(type.value()));
    }
    return type;
  }
}

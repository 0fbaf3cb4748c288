package dev.berth.core.scan.packages;

import dev.berth.core.scan.InstalledPackage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * {@code rpmdb.sqlite}: a table {@code Packages} of numbers and headers (SQLite's "Database File
 * Format"; rpm's {@code lib/backend/sqlite.c}).
 */
final class SqliteDatabase {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  // of the first page
  private static final int PAGE_SIZE = 16;
  private static final int RESERVED = 20;
  private static final int TEXT_ENCODING = 56;

  private static final int UTF_8 = 1;
  private static final long SCHEMA = 1;

  // columns of the schema
  private static final int TYPE = 0;
  private static final int NAME = 1;
  private static final int ROOT_PAGE = 3;

  // of the table
  private static final int HEADER = 1;

  private final Bytes file;
  private final RpmHeaders headers;
  private long packages;

  SqliteDatabase(Bytes file) {
    this.file = file;
    this.headers = new RpmHeaders(file);
  }

  static boolean is(Bytes file) {
    byte[] beginning = new byte[Math.min(MAGIC.length, file.length())];
    file.copy(0, beginning, 0, beginning.length);
    return Arrays.equals(beginning, MAGIC);
  }

  List<InstalledPackage> read() {
    if (file.u32(TEXT_ENCODING) != UTF_8) {
      throw new PackageDatabaseException("its texts are not UTF-8");
    }
    table(this::readSchema).read(SCHEMA);
    if (packages == 0) {
      throw new PackageDatabaseException("it has no table Packages");
    }
    table(this::readPackage).read(packages);
    return headers.packages();
  }

  private SqliteTable table(SqliteTable.Reader reader) {
    int pageSize = file.u16(PAGE_SIZE) == 1 ? 65_536 : file.u16(PAGE_SIZE);
    return new SqliteTable(file, pageSize, pageSize - file.u8(RESERVED), reader);
  }

  private void readSchema(SqliteRow row) {
    if (row.text(TYPE).equals("table") && row.text(NAME).equals("Packages")) {
      packages = row.number(ROOT_PAGE);
    }
  }

  private void readPackage(SqliteRow row) {
    headers.add(row.bytes(HEADER));
  }
}

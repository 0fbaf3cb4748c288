package dev.berth.local.files;

import dev.berth.registry.store.Objects.Part;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The name of a part's file or directory: {@code <number>-<size>-<writing>-<random>}, and {@code
 * -kms} for an encrypted one.
 *
 * @param size of its bytes, however they are kept
 * @param writing 1 for what was written first under a number, 2 for what replaced it...
 */
record PartName(int number, long size, int writing, String random, boolean encrypted) {

  private static final String ENCRYPTED = "kms";

  private static final Comparator<PartName> ORDER =
      Comparator.comparingInt(PartName::number).thenComparingInt(PartName::writing);

  static PartName fresh(int number, long size, int writing, boolean encrypted) {
    return new PartName(number, size, writing, Layout.random(), encrypted);
  }

  /** The parts that a directory holds, by number, then by writing. */
  static List<PartName> in(Path directory) throws IOException {
    var names = new ArrayList<PartName>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.equals(FileFormat.NAME) && !name.equals(Listing.KEY)) {
          names.add(parse(name));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(ORDER);
    return names;
  }

  private static PartName parse(String name) throws IOException {
    String[] fields = name.split("-");
    try {
      return new PartName(
          Integer.parseInt(fields[0]),
          Long.parseLong(fields[1]),
          Integer.parseInt(fields[2]),
          fields[3],
          fields.length > 4 && fields[4].equals(ENCRYPTED));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("a file that is not a part: " + name, e);
    }
  }

  Part part() {
    return new Part(number, writing + "-" + random, size);
  }

  @Override
  public String toString() {
    String name = "%05d-%d-%d-%s".formatted(number, size, writing, random);
    return encrypted ? name + "-" + ENCRYPTED : name;
  }
}

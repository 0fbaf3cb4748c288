package dev.berth.house;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Formats every Java file of the repository in place, as google-java-format's own command would:
 * {@code mvn -q process-test-classes -Pformat}.
 */
public final class Format {

  static final String COMMAND = "mvn -q process-test-classes -Pformat";

  private static final Formatter FORMATTER = new Formatter();

  private Format() {}

  public static void main(String[] arguments) throws IOException {
    for (Path file : JavaSources.find()) {
      String formatted = formatted(file);
      if (!formatted.equals(Files.readString(file))) {
        Files.writeString(file, formatted);
      }
    }
  }

  /**
   * The file's text as it should be.
   *
   * @throws IllegalStateException for syntax that the formatter cannot read, such as a lambda's
   *     parameter named {@code sealed}
   */
  static String formatted(Path file) {
    try {
      return FORMATTER.formatSourceAndFixImports(Files.readString(file));
    } catch (FormatterException e) {
      String where = e.getMessage().lines().findFirst().orElseThrow();
      throw new IllegalStateException(file + " cannot be formatted: " + where, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

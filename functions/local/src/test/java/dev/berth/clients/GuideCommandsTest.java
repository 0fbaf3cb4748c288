package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the walks through the guide leave out none of the {@code aws ecr} commands it prints. */
class GuideCommandsTest {

  private static final List<Class<?>> WALKS =
      List.of(AwsCliGuideIT.class, AwsCliGuideSettingsIT.class);

  /** Of the pages of later years the one whose operation Berth has. */
  private static final String LATER = "later/replication-status.md";

  private static final Pattern BLOCK = Pattern.compile("(?s)```(.*?)```");
  private static final Pattern COMMAND = Pattern.compile("\\baws ecr ([a-z-]+)");

  @Test
  void everyCommandOfEveryPageIsTyped() throws IOException {
    assertThat(walked()).containsExactlyElementsOf(printed(guide()));
  }

  private static Set<String> walked() {
    Set<String> walked = new TreeSet<>();
    for (Class<?> walk : WALKS) {
      for (Method test : walk.getDeclaredMethods()) {
        for (Walks walks : test.getAnnotationsByType(Walks.class)) {
          for (String page : walks.value()) {
            String[] parts = page.split(": ");
            Stream.of(parts[1].split(", ")).forEach(each -> walked.add(parts[0] + " " + each));
          }
        }
      }
    }
    return walked;
  }

  private static Set<String> printed(Path guide) throws IOException {
    Set<String> printed = new TreeSet<>();
    for (Path page : pages(guide)) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        COMMAND
            .matcher(block.group(1))
            .results()
            .forEach(command -> printed.add(guide.relativize(page) + " " + command.group(1)));
      }
    }
    return printed;
  }

  private static List<Path> pages(Path guide) throws IOException {
    try (Stream<Path> entries = Files.list(guide)) {
      return Stream.concat(
              entries.filter(page -> page.toString().endsWith(".md")),
              Stream.of(guide.resolve(LATER)))
          .toList();
    }
  }

  /** That of the nearest directory above this one. */
  private static Path guide() {
    Path guide = Path.of("shared", "guide");
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(guide))) {
        return at.resolve(guide);
      }
    }
    return abort("there is no " + guide + " in any directory above this");
  }
}

package dev.berth.local.host;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code feeds update} and what {@link FeedsQuestion} has: lines of news; {@code feeds status}: a
 * line a region, see {@link FeedsStatus}.
 */
record FeedsCommand(RegionFeeds feeds) implements ControlCommand {

  static final String NAME = "feeds";
  static final String STATUS = NAME + " status";
  private static final String UPDATE = "update";

  static String question(FeedsQuestion question) {
    return Stream.concat(Stream.of(NAME, UPDATE), question.words().stream())
        .collect(Collectors.joining(" "));
  }

  @Override
  public void run(List<String> arguments, Consumer<String> answer) {
    if (arguments.contains(UPDATE)) {
      FeedsQuestion question = FeedsQuestion.of(arguments.subList(1, arguments.size()));
      feeds.run(question, news -> answer.accept(FeedsLine.write(news)));
    } else {
      feeds.status().forEach(status -> answer.accept(status.line()));
    }
  }
}

package dev.berth.local.host;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code lifecycle} and what {@link LifecycleQuestion} has: lines of {@link LifecycleNews}. */
record LifecycleCommand(Collection<LocalDeployment> deployments) implements ControlCommand {

  static final String NAME = "lifecycle";

  static String question(LifecycleQuestion question) {
    return Stream.concat(Stream.of(NAME), question.words().stream())
        .collect(Collectors.joining(" "));
  }

  @Override
  public void run(List<String> arguments, Consumer<String> answer) {
    LifecycleQuestion question = LifecycleQuestion.of(arguments);
    List<LocalDeployment> asked =
        deployments.stream()
            .filter(one -> question.region().orElse(one.region()).equals(one.region()))
            .toList();
    if (asked.isEmpty()) {
      throw new SetupException(
          "the host does not serve the region " + question.region().orElse(""));
    }
    asked.forEach(
        one -> one.lifecycle().run(question, news -> answer.accept(LifecycleLine.write(news))));
  }
}

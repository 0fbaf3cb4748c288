package dev.berth.lambda.iam;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lambda.query.QueryAction;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

/** The table of the actions. */
class IamActionsTest {

  private final Set<String> names =
      new QueryCalls().actions.all().stream().map(QueryAction::name).collect(toSet());

  @Test
  void everyActionIsOneOfTheModel() {
    Set<String> known =
        Arrays.stream(IamClient.class.getMethods())
            .map(Method::getName)
            .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
            .collect(toSet());

    assertThat(known).containsAll(names);
  }

  @Test
  void whatIsThereForUsersIsThereForRoles() {
    assertThat(names)
        .containsAll(
            names.stream()
                .filter(name -> name.contains("User") && !name.equals("ListGroupsForUser"))
                .map(name -> name.replace("User", "Role"))
                .toList());
  }
}

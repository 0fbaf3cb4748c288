package dev.berth.lambda.ecr;

import dev.berth.core.token.AuthorizationTokens;
import dev.berth.lambda.http.RegistryAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of the operations, by name. */
public final class Operations {

  private final Map<String, Operation<?, ?>> byName;

  Operations(List<Operation<?, ?>> operations) {
    byName = operations.stream().collect(Collectors.toUnmodifiableMap(Operation::name, o -> o));
  }

  /**
   * @param endpoints the URL that a registry is reached at
   */
  public static Operations of(
      AuthorizationTokens tokens, Function<RegistryAddress, String> endpoints) {
    return new Operations(List.of(new GetAuthorizationToken(tokens, endpoints)));
  }

  Optional<Operation<?, ?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}

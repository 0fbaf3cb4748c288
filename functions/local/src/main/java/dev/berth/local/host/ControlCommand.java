package dev.berth.local.host;

import java.util.List;
import java.util.function.Consumer;

/** Something that another process of the owner may have the host do, see {@link ControlSocket}. */
@FunctionalInterface
interface ControlCommand {

  /**
   * @param arguments words
   * @param answer takes lines as they come about
   * @throws SetupException if what is asked cannot be done; the message says why
   */
  void run(List<String> arguments, Consumer<String> answer);
}

package dev.berth.core.scan.feed.oval;

import java.util.Optional;

/** What of the definitions counts, and how it is to be understood. */
public interface OvalRules {

  /** The index of a release; empty if it is of no use. */
  Optional<String> index(String release);

  /** Of which flavour a build is, by its version; empty for the ordinary one. */
  String flavour(String version);

  /** Where an advisory is told of. */
  String uri(String advisory);
}

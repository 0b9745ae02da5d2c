package io.thicket.agent.doctor;

import io.thicket.agent.config.LoadedConfig;
import java.util.List;

/** Looks at one thing around a configured node. The packages above the agent add theirs. */
@FunctionalInterface
public interface DoctorCheck {
    /** What there is to say, nothing if the configuration does not use the thing. May block for some seconds. */
    List<Finding> look(LoadedConfig config);
}

/** Every page but the room: dialogs, and my name and colour. */
import { confirmToken } from './net/confirm.js';
import { bindDialogs } from './ui/dialogs.js';
import { Profile } from './ui/profile.js';

confirmToken();
bindDialogs();
if (document.getElementById('profile')) new Profile().bind();
